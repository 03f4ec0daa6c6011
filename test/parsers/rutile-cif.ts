/** Rutile as databases write it: two sites of the asymmetric unit, sixteen operations. Abrahams & Bernstein 1971. */
export const RUTILE = `#  a remark
data_rutile
_chemical_name_common 'Rutile'
_publ_section_title
;
 Rutile: normal probability plot 'analysis'
 loop_ _not_a_tag # nor a remark
;
_cell_length_a  4.5937(1)
_cell_length_b  4.5937(1)
_cell_length_c  2.9587(1)
_cell_angle_alpha 90
_cell_angle_beta  90.000
_cell_angle_gamma 90
_symmetry_space_group_name_H-M "P 42/m n m"
loop_
_symmetry_equiv_pos_site_id
_symmetry_equiv_pos_as_xyz
1 'x, y, z'
2 '-x, -y, z'
3 '1/2-y, 1/2+x, z+1/2'
4 'y+1/2, -x+1/2, z+0.5'
5 '-x+1/2,y+1/2,-z+1/2'
6 'x+1/2,-y+1/2,-z+1/2'
7 y,x,-z
8 -y,-x,-z
9 -x,-y,-z
10 x,y,-z
11 'y+1/2, -x+1/2, -z+1/2'
12 '-y+1/2, x+1/2, -z+1/2'
13 'x+1/2, -y+1/2, z+1/2'
14 '-x+1/2, y+1/2, z+1/2'
15 -y,-x,z
16 y,x,z
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_U_iso_or_equiv
Ti1 Ti4+ 0 0 0 1 .
O1 O2- 0.3053(1) 0.3053(1) 0 1.0 ?
loop_
_atom_site_aniso_label
_atom_site_aniso_U_11
Ti1 0.0068
O1 0.0062
`;
